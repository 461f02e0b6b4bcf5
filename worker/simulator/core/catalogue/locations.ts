/** Locations (FACTS §11) in the provider's own shape. */
export interface Location {
  id: number
  name: string
  description: string
  country: string
  city: string
  latitude: number
  longitude: number
  network_zone: string
}

const location = (
  id: number,
  name: string,
  description: string,
  country: string,
  city: string,
  network_zone: string,
  latitude: number,
  longitude: number,
): Location => ({ id, name, description, country, city, latitude, longitude, network_zone })

export const LOCATIONS: Location[] = [
  location(1, 'fsn1', 'Falkenstein DC Park 1', 'DE', 'Falkenstein', 'eu-central', 50.47612, 12.370071),
  location(2, 'nbg1', 'Nuremberg DC Park 1', 'DE', 'Nuremberg', 'eu-central', 49.452102, 11.076665),
  location(3, 'hel1', 'Helsinki DC Park 1', 'FI', 'Helsinki', 'eu-central', 60.169855, 24.938379),
  location(4, 'ash', 'Ashburn, VA', 'US', 'Ashburn, VA', 'us-east', 39.045821, -77.487073),
  location(5, 'hil', 'Hillsboro, OR', 'US', 'Hillsboro, OR', 'us-west', 45.54222, -122.951924),
  location(6, 'sin', 'Singapore', 'SG', 'Singapore', 'ap-southeast', 1.283333, 103.833333),
]

const byName = new Map(LOCATIONS.map((entry) => [entry.name, entry]))

export function locationByName(name: string): Location {
  const found = byName.get(name)
  if (!found) throw new Error(`no location ${name}`)
  return found
}

/** By id or name; undefined when there is none. */
export function findLocation(reference: string): Location | undefined {
  return byName.get(reference) ?? LOCATIONS.find((entry) => String(entry.id) === reference)
}
