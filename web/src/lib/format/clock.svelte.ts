import { createSubscriber } from 'svelte/reactivity'

const TICK_MS = 5_000

/** The present, for everything that shows an age. Ticks only while something on screen reads it and the tab is seen. */
class Clock {
  #subscribe = createSubscriber((update) => {
    const tick = () => {
      if (!document.hidden) update()
    }
    const timer = setInterval(tick, TICK_MS)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  })

  get now(): number {
    this.#subscribe()
    return Date.now()
  }
}

export const clock = new Clock()
