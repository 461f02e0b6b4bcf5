import { setMode, userPrefersMode } from 'mode-watcher'

export type ThemeChoice = 'light' | 'dark' | 'system'

/** Light, dark or as the system has it; remembered on this device. */
class Theme {
  get choice(): ThemeChoice {
    return userPrefersMode.current
  }
  choose(choice: ThemeChoice): void {
    setMode(choice)
  }
}

export const theme = new Theme()
