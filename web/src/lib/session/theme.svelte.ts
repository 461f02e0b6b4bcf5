import { MediaQuery } from 'svelte/reactivity'

export type ThemeChoice = 'light' | 'dark' | 'system'

/** static/first-paint.js reads it too, before anything is drawn. */
const STORAGE_KEY = 'webnova:theme'
/** The ground of the frame in each theme, for the browser's own bars. */
const grounds = { light: '#f9f9fb', dark: '#0d0d0f' }

function stored(): ThemeChoice {
  const value = localStorage.getItem(STORAGE_KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Light, dark, or as the system has it; remembered on this device. */
class Theme {
  #choice = $state<ThemeChoice>(stored())
  #systemDark = new MediaQuery('prefers-color-scheme: dark')

  get choice(): ThemeChoice {
    return this.#choice
  }
  get shown(): 'light' | 'dark' {
    if (this.#choice !== 'system') return this.#choice
    return this.#systemDark.current ? 'dark' : 'light'
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice
    localStorage.setItem(STORAGE_KEY, choice)
  }

  /** Writes what is shown on the document; run as an effect of the root layout, so that it follows the system. */
  apply(): void {
    const root = document.documentElement
    root.classList.toggle('dark', this.shown === 'dark')
    root.classList.toggle('light', this.shown === 'light')
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', grounds[this.shown])
  }
}

export const theme = new Theme()
