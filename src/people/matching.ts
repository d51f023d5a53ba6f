/** What one file says about who someone is; keys are folded by `nameKey` and `postcodeKey`. */
export type Identity = {
  familyKey: string
  givenKey: string
  birthDate: string | null
  postcodeKey: string | null
}

/**
 * Whether two files that carry one NHS number are one person. A number alone never links: it may be mistyped, or another's.
 *
 * | birth date | family name | given name | postcode | answer |
 * |---|---|---|---|---|
 * | same | same | any | any | same |
 * | same | differs | same | any | same (a name changed, such as by marriage) |
 * | same | differs | differs | any | doubt (twins' numbers swapped, or wrong number) |
 * | differs or missing | same | same | same | doubt (a mistyped birth date) |
 * | differs or missing | otherwise | | | doubt |
 */
export function agrees(one: Identity, other: Identity): 'same' | 'doubt' {
  const sameBirth = one.birthDate !== null && one.birthDate === other.birthDate
  const sameFamily = one.familyKey !== '' && one.familyKey === other.familyKey
  const sameGiven = one.givenKey !== '' && first(one.givenKey) === first(other.givenKey)
  return sameBirth && (sameFamily || sameGiven) ? 'same' : 'doubt'
}

const first = (names: string): string => names.split(' ')[0] ?? ''

/** A name as it is compared: without accents, capitals, hyphens or apostrophes. */
export function nameKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’'`.]/g, '')
    .replace(/[\s\-–]+/g, ' ')
    .trim()
}

/** A postcode as it is compared: capitals, no spaces. */
export const postcodeKey = (postcode: string): string => postcode.toUpperCase().replace(/\s+/g, '')
