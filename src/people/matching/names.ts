/** How names, postcodes, addresses and telephone numbers are folded before they are compared, and looked up. */

/** A name as it is compared: without accents, capitals, hyphens or apostrophes. */
export function nameKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđıßæœþð]/g, (letter) => plain[letter] ?? letter)
    .replace(/[’'`.]/g, '')
    .replace(/[\s\-–]+/g, ' ')
    .trim()
}

/** Letters that do not come apart into a letter and an accent. */
const plain: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
}

/** A postcode as it is compared: capitals, no spaces. */
export const postcodeKey = (postcode: string): string => postcode.toUpperCase().replace(/\s+/g, '')

/**
 * Postcodes beginning ZZ99 stand for what is not a postcode (no fixed abode, abroad, not known): NHS Data Dictionary, pseudo postcodes.
 * They say nothing of where somebody lives.
 */
export const isPseudoPostcode = (key: string): boolean => key.startsWith('ZZ99')

/** The first line of an address as it is compared. */
export const addressKey = (line: string): string =>
  nameKey(line)
    .replace(/[,#]/g, ' ')
    .replace(/\b(flat|apartment|apt|no|number)\b/g, ' ')
    .replace(/\b(road|street|avenue|lane|close|drive|crescent|court)\b/g, (word) => roads[word] ?? word)
    .replace(/\s+/g, ' ')
    .trim()

const roads: Record<string, string> = {
  road: 'rd',
  street: 'st',
  avenue: 'ave',
  lane: 'ln',
  close: 'cl',
  drive: 'dr',
  crescent: 'cres',
  court: 'ct',
}

/** A telephone number as it is compared: its digits, with the country code of the United Kingdom as a nought. Too few say nothing. */
export function phoneKey(phone: string): string | null {
  const digits = phone
    .replace(/^\s*(\+|00)44\s*(\(0\))?/, '0')
    .replace(/\D/g, '')
    .replace(/^00?44(?=\d{10}$)/, '0')
  return digits.length >= 9 ? digits : null
}

/** What stands where a name is not known yet: a baby not named, an unconscious person. It agrees with nothing and contradicts nothing. */
export const isPlaceholder = (key: string): boolean =>
  key === '' ||
  /^(baby|infant|newborn|twin|triplet|bb|bg|female|male|boy|girl|unknown|unnamed|not known|unidentified|xx+|x|test)\b/.test(
    key,
  )

/** Which of several children born together a placeholder means, "Twin 2" or "Baby B": null where it does not say. */
export const orderAtBirth = (key: string): string | null => {
  const said =
    /\b(?:twin|triplet|baby|infant)(?: (?:girl|boy|female|male))? (1|2|3|4|one|two|three|a|b|c)\b/.exec(
      key,
    )?.[1]
  return said === undefined ? null : (ordinals[said] ?? said)
}
const ordinals: Record<string, string> = { one: '1', two: '2', three: '3', a: '1', b: '2', c: '3' }

/**
 * How a name sounds, for finding what is worth comparing and for telling a misspelling from another name. Soundex, as every registry has
 * used it since 1918, with the first letter coded by its sound too, so that Catherine meets Katherine and Philip meets Filip.
 */
export function soundKey(name: string): string {
  const letters = name
    .replace(/[^a-z]/g, '')
    .replace(/^(kn|gn|pn)/, 'n')
    .replace(/^wr/, 'r')
    .replace(/^wh/, 'w')
    .replace(/ph/g, 'f')
    .replace(/^(c|k|q)(?=[aou]|[^aeiouyh]|$)/, 'k')
    .replace(/^(c|z)(?=[eiy])/, 's')
    .replace(/^sh?(?=[aeiouy])/, 's')
    .replace(/^j|^g(?=[ei])/, 'j')
  if (letters === '') return ''
  let code = letters.charAt(0)
  let last = codes[code] ?? ''
  for (const letter of letters.slice(1)) {
    const digit = codes[letter] ?? ''
    if (digit !== '' && digit !== last) code += digit
    // H and W do not part two letters of one sound; a vowel does.
    if (letter !== 'h' && letter !== 'w') last = digit
  }
  return code.slice(0, 4).padEnd(4, '0')
}

const codes: Record<string, string> = Object.fromEntries(
  ['bfpv', 'cgjkqsxz', 'dt', 'l', 'mn', 'r'].flatMap((group, index) =>
    [...group].map((letter) => [letter, String(index + 1)]),
  ),
)

/** How many letters must be changed, added, dropped or swapped with their neighbour to make one name of the other. */
export function distance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      let fewest = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        fewest = Math.min(fewest, (before[column - 2] ?? 0) + 1)
      current.push(fewest)
    }
    before = last
    last = current
  }
  return last[other.length] ?? 0
}
