export type TriggerProps = Record<string | symbol, unknown>

const openingKeys = { menu: [' ', 'Enter', 'ArrowDown'], listbox: [' ', 'Enter', 'ArrowDown', 'ArrowUp'] }

/**
 * How a button behaves whose menu or list is not loaded yet: it looks and opens like the real one, which takes the same
 * element over. `prepare`: it may soon be wanted. `want`: open it.
 */
export function triggerProps(popup: 'menu' | 'listbox', prepare: () => unknown, want: () => unknown): TriggerProps {
  return {
    type: 'button',
    'aria-haspopup': popup,
    'aria-expanded': 'false',
    'data-state': 'closed',
    onpointerenter: () => void prepare(),
    onfocus: () => void prepare(),
    // A finger may have come to scroll: it opens when it is lifted.
    onpointerdown: (event: PointerEvent) => {
      if (event.pointerType === 'touch') {
        event.preventDefault()
        void prepare()
      } else if (event.button === 0 && !event.ctrlKey) void want()
    },
    onpointerup: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') return
      event.preventDefault()
      void want()
    },
    // Screen readers click without a press.
    onclick: (event: MouseEvent) => {
      if (event.detail !== 0) return
      event.preventDefault()
      void want()
    },
    onkeydown: (event: KeyboardEvent) => {
      if (!openingKeys[popup].includes(event.key)) return
      event.preventDefault()
      void want()
    },
  }
}

/** Props of several behaviours for one element: its event handlers run in turn until one prevents the default. */
export function mergeTriggerProps(...all: TriggerProps[]): TriggerProps {
  const merged: TriggerProps = {}
  for (const props of all) {
    for (const key of Reflect.ownKeys(props)) {
      const [former, next] = [merged[key], props[key]]
      const both = typeof key === 'string' && key.startsWith('on') && isHandler(former) && isHandler(next)
      if (both) merged[key] = inTurn(former, next)
      else if (next !== undefined || !(key in merged)) merged[key] = next
    }
  }
  return merged
}

type Handler = (event: Event) => unknown
const isHandler = (value: unknown): value is Handler => typeof value === 'function'

function inTurn(first: Handler, second: Handler): Handler {
  return function both(this: unknown, event) {
    first.call(this, event)
    if (!event.defaultPrevented) second.call(this, event)
  }
}
