import { styleText } from 'node:util'

const colour = process.stdout.isTTY === true && !process.env['NO_COLOR']
const paint = (style: Parameters<typeof styleText>[0], text: string) => (colour ? styleText(style, text) : text)

export const bold = (text: string) => paint('bold', text)
export const dim = (text: string) => paint('dim', text)
export const green = (text: string) => paint('green', text)
export const yellow = (text: string) => paint('yellow', text)
export const red = (text: string) => paint('red', text)

export function say(text = ''): void {
  console.log(text === '' ? '' : `  ${text}`)
}

/** Ends the command with one line that says what is wrong and what to do. */
export function stop(message: string): never {
  console.error(`\n  ${red(message)}\n`)
  process.exit(1)
}

/** Says what is being done, does it, and says how long it took. */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  if (colour) process.stdout.write(`  ${dim('…')} ${label}`)
  try {
    const result = await work()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    process.stdout.write(`${colour ? '\r\u001b[K' : ''}  ${green('✓')} ${label} ${dim(`${seconds} s`)}\n`)
    return result
  } catch (error) {
    process.stdout.write(`${colour ? '\r\u001b[K' : ''}  ${red('✗')} ${label}\n`)
    throw error
  }
}
