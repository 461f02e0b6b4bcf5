/** The toaster is loaded with the first toast; most visits have none. */
class ToasterWanted {
  current = $state(false)
}

export const toasterWanted = new ToasterWanted()
