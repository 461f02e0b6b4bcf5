/** True where the command key, not control, is the person's modifier. */
export function isApple(platform: string = typeof navigator === 'undefined' ? '' : navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platform)
}

/** "mod+k" → ["⌘K"] or ["Ctrl", "K"]; "g s" → ["G", "S"]. */
export function keyCaps(keys: string, apple: boolean = isApple()): string[] {
  return keys.split(' ').flatMap((stroke) => {
    const parts = stroke.split('+').map((part) => cap(part, apple))
    return apple ? [parts.join('')] : parts
  })
}

function cap(part: string, apple: boolean): string {
  if (part === 'mod') return apple ? '⌘' : 'Ctrl'
  if (part === 'escape') return 'Esc'
  if (part === 'enter') return '↵'
  return part.length === 1 ? part.toUpperCase() : part
}
