/**
 * Reads `messages/<locale>/<feature>.json`, flat keys, values in one of two shapes:
 *
 *   "ui_close": "Close {name}"
 *   "ui_rows": { "one": "{count} row", "other": "{count} rows" }
 *
 * The second shape picks by Intl.PluralRules of `count` (Arabic has zero, one, two, few, many, other) and writes the
 * count with the digits and grouping of the locale. Runs from a data: URL: it can import nothing and holds ASCII only.
 */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many']

const input = (name) => ({ type: 'input-variable', name })
const reference = (name) => ({ type: 'variable-reference', name })

/** A local variable computed from `count` by one of the compiler's Intl functions. */
function derived(name, fn, options = []) {
  return {
    type: 'local-variable',
    name,
    value: {
      type: 'expression',
      arg: reference('count'),
      annotation: { type: 'function-reference', name: fn, options },
    },
  }
}

/** "a {b} c" to pattern elements and the names used. */
function parse(text, rename = {}) {
  const names = []
  const pattern = text
    .split(/(\{[a-zA-Z][a-zA-Z0-9]*\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^\{([a-zA-Z][a-zA-Z0-9]*)\}$/.exec(part)
      if (!match) return { type: 'text', value: part }
      names.push(match[1])
      return { type: 'expression', arg: reference(rename[match[1]] ?? match[1]) }
    })
  return { pattern, names }
}

function readPlural(key, locale, forms) {
  if (typeof forms.other !== 'string') throw new Error(`messages/${locale}: ${key} has no "other" form`)
  const names = new Set(['count'])
  const variant = (form, match) => {
    const { pattern, names: used } = parse(forms[form], { count: 'countText' })
    for (const name of used) names.add(name)
    return { messageBundleId: key, messageLocale: locale, matches: [match], pattern }
  }
  const variants = CATEGORIES.filter((form) => typeof forms[form] === 'string').map((form) =>
    variant(form, { type: 'literal-match', key: 'countPlural', value: form }),
  )
  variants.push(variant('other', { type: 'catchall-match', key: 'countPlural' }))
  const latin = [{ name: 'numberingSystem', value: { type: 'literal', value: 'latn' } }]
  return {
    declarations: [...[...names].map(input), derived('countPlural', 'plural'), derived('countText', 'number', latin)],
    message: { bundleId: key, locale, selectors: [reference('countPlural')] },
    variants,
  }
}

function readText(key, locale, text) {
  const { pattern, names } = parse(text)
  return {
    declarations: [...new Set(names)].map(input),
    message: { bundleId: key, locale, selectors: [] },
    variants: [{ messageBundleId: key, messageLocale: locale, matches: [], pattern }],
  }
}

export default {
  key: 'webnova.messages',

  toBeImportedFiles: ({ settings }) =>
    settings.locales.flatMap((locale) =>
      settings.features.map((feature) => ({ path: `./messages/${locale}/${feature}.json`, locale })),
    ),

  importFiles: ({ files, settings }) => {
    const bundles = new Map()
    const messages = []
    const variants = []
    // The base locale last, so that its declarations are the ones the types come from.
    const ordered = files.toSorted(
      (a, b) => Number(a.locale === settings.baseLocale) - Number(b.locale === settings.baseLocale),
    )
    for (const file of ordered) {
      const entries = JSON.parse(new TextDecoder().decode(file.content))
      for (const [key, value] of Object.entries(entries)) {
        if (key.startsWith('$')) continue
        const read = typeof value === 'string' ? readText(key, file.locale, value) : readPlural(key, file.locale, value)
        bundles.set(key, { id: key, declarations: read.declarations })
        messages.push(read.message)
        variants.push(...read.variants)
      }
    }
    return { bundles: [...bundles.values()], messages, variants }
  },
}
