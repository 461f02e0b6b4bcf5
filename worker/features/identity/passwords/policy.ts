import { normalizePassword } from './hasher.ts'

export const passwordMinLength = 12
/** Long enough for any sentence, short enough that nobody makes the hash work on a book. */
export const passwordMaxLength = 256

/** What people take who must take twelve characters, in lower case without anything but letters and digits. */
const commonest = new Set(
  `123456789012 1234567890123 12345678901234 123456789123 123123123123 121212121212 111222333444 112233445566
  123412341234 147258369147 987654321098 098765432109 0123456789012 passwordpassword password1234 password12345
  password123456 passw0rd1234 p4ssw0rd1234 mypassword123 mypassword1234 thisismypassword newpassword123 changemenow123
  changeme1234 letmeinletmein letmein12345 letmeinplease qwertyuiop12 qwertyuiop123 qwertyuiopas qwertyuiopasdf
  qwertyuiopasdfghjkl qwertyqwerty qwerty123456 qwerty1234567 qwerty12345678 asdfghjklasdf asdfghjkl123 zxcvbnmasdfghjkl
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv zaq12wsxcde3 q1w2e3r4t5y6 a1b2c3d4e5f6
  abcdefghijkl abcdefghijklm abcd12345678 abc123abc123 abcdef123456 iloveyou1234 iloveyouforever iloveyousomuch
  welcome12345 welcome123456 administrator administrator1 admin1234567 adminadmin12 adminadminadmin superadmin123
  rootrootroot root12345678 secretsecret correcthorsebatterystaple footballfootball football1234 baseball1234
  dragondragon monkeymonkey sunshine1234 princess1234 supermanbatman liverpoolfc123 manchesterunited trustno1trustno1
  whatever1234 internet1234 computer1234 hetznercloud hetzner12345 webnovawebnova webnova12345 testtesttest test12345678`.split(
    /\s+/,
  ),
)

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

export const passwordProblems = {
  too_short: `Use at least ${passwordMinLength} characters.`,
  too_long: `Use at most ${passwordMaxLength} characters.`,
  too_simple: 'Use more than a few different characters.',
  common: 'This is one of the passwords that are tried first.',
  personal: 'This is little more than your name or your address.',
} as const
export type PasswordProblem = keyof typeof passwordProblems

/** Why this password is not taken; null when it is. Length and what is guessed first, no rules about characters (NIST SP 800-63B). */
export function passwordProblem(password: string, person: { email: string; name: string }): PasswordProblem | null {
  const characters = [...normalizePassword(password)]
  if (characters.length < passwordMinLength) return 'too_short'
  if (characters.length > passwordMaxLength) return 'too_long'
  if (new Set(characters).size < 4) return 'too_simple'
  const core = bare(password)
  if (commonest.has(core)) return 'common'
  const [local = ''] = person.email.split('@')
  const own = [person.email, local, person.name].map(bare).filter((word) => word.length > 2)
  return own.some((word) => isLittleMoreThan(core, word)) ? 'personal' : null
}

/** The word itself, repeated or with a few characters around it. */
const isLittleMoreThan = (password: string, word: string): boolean =>
  password.includes(word) && password.replaceAll(word, '').length < 6
