/** What the page calls itself: the top bar shows it as the one heading, the window as its title. */
class PageTitle {
  text = $state('')
  back = $state<{ href: string; label: string } | null>(null)
}

export const pageTitle = new PageTitle()
