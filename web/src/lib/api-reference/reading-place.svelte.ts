/** Which part of the page is being read: the topmost one below the bar. */
export class ReadingPlace {
  #id = $state('')
  get id(): string {
    return this.#id
  }

  /** Watches the parts with these ids; returns what ends it. */
  watch(ids: readonly string[]): () => void {
    const visible = new Set<string>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) visible.add(target.id)
          else visible.delete(target.id)
        }
        const first = ids.find((id) => visible.has(id))
        if (first) this.#id = first
      },
      { rootMargin: '-80px 0px -55% 0px' },
    )
    for (const id of ids) {
      const part = document.getElementById(id)
      if (part) observer.observe(part)
    }
    return () => observer.disconnect()
  }
}
