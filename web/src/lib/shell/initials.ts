/** "Mara König" → "MK"; one word gives its first letter; nothing gives a dot. Whole characters, in any script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined]
    .map((word) => (word === undefined ? '' : ([...word][0] ?? '')))
    .join('')
  return letters.toLocaleUpperCase() || '·'
}
