import { goto } from '$app/navigation'
import { m } from '#lib/paraglide/messages.js'
import { chooseTheme } from '#lib/session/preferences.ts'
import type { Command } from '#lib/ui/commands.svelte.ts'
import { toastError } from '#lib/ui/toast.ts'
import { visibleTo } from './navigation.ts'

type Frame = {
  can: (permission: string) => boolean
  openPalette: () => void
  openHelp: () => void
  signOut: () => void
}

/** Commands that work on every page. */
export function frameCommands(frame: Frame): Command[] {
  const go = m.shell_group_go()
  const general = m.ui_keyboard_general()
  const preferences = m.shell_group_preferences()
  return [
    ...visibleTo(frame.can).map((entry) => ({
      id: `go:${entry.href}`,
      label: entry.label(),
      group: go,
      icon: entry.icon,
      keys: entry.keys,
      run: () => void goto(entry.href),
    })),
    {
      id: 'palette',
      label: m.ui_keyboard_palette(),
      group: general,
      keys: 'mod+k',
      listed: 'help',
      run: frame.openPalette,
    },
    {
      id: 'palette:slash',
      label: m.ui_keyboard_palette(),
      group: general,
      keys: '/',
      listed: 'help',
      run: frame.openPalette,
    },
    { id: 'help', label: m.ui_keyboard_help(), group: general, keys: '?', run: frame.openHelp },
    ...(['light', 'dark', 'system'] as const).map((choice) => ({
      id: `theme:${choice}`,
      label: m.shell_theme_use({
        name: { light: m.shell_theme_light, dark: m.shell_theme_dark, system: m.shell_theme_system }[choice](),
      }),
      group: preferences,
      run: () => void chooseTheme(choice).catch(toastError),
    })),
    { id: 'sign-out', label: m.shell_sign_out(), group: m.shell_group_session(), run: frame.signOut },
  ]
}
