import type { Said } from '../files.ts'
import { isNhsNumber } from '../nhs-number.ts'
import type { Identity } from './fields.ts'
import { addressKey, isPlaceholder, nameKey, phoneKey, postcodeKey, soundKey } from './names.ts'
import { formOf } from './nicknames.ts'

/** The columns of people.demographic that the rules compare, as they come back from the database. */
export type IdentityRow = {
  nhs_number: string | null
  number_verified: boolean | null
  family_key: string
  given_key: string
  former_family_keys: string[]
  birth_date: string | null
  gender: string | null
  postcode_key: string | null
  address_key: string | null
  phone_key: string | null
  practice: string | null
  died: boolean
}

/** What a source says, folded. A number whose check digit is wrong is nobody's: it neither joins nor parts. */
export const identityOf = (said: Said): Identity => ({
  nhsNumber: realNumber(said.nhsNumber),
  numberVerified: said.numberVerified ?? null,
  familyKey: nameKey(said.family),
  givenKey: nameKey(said.given),
  formerFamilyKeys: (said.formerFamilies ?? []).map(nameKey),
  birthDate: said.birthDate,
  gender: said.gender,
  postcodeKey: said.postcode === null ? null : postcodeKey(said.postcode),
  addressKey: said.addressLine ? addressKey(said.addressLine) : null,
  phoneKey: said.phone ? phoneKey(said.phone) : null,
  practice: said.practice ?? null,
  died: said.died,
})

export const identityIn = (row: IdentityRow): Identity => ({
  nhsNumber: realNumber(row.nhs_number),
  numberVerified: row.number_verified,
  familyKey: row.family_key,
  givenKey: row.given_key,
  formerFamilyKeys: row.former_family_keys,
  birthDate: row.birth_date,
  gender: row.gender,
  postcodeKey: row.postcode_key,
  addressKey: row.address_key,
  phoneKey: row.phone_key,
  practice: row.practice,
  died: row.died,
})

const realNumber = (said: string | null): string | null => (said !== null && isNhsNumber(said) ? said : null)

/** The columns, with the sounds by which likely files are found. */
export const rowOf = (identity: Identity) => ({
  number_verified: identity.numberVerified,
  family_key: identity.familyKey,
  given_key: identity.givenKey,
  former_family_keys: [...identity.formerFamilyKeys],
  birth_date: identity.birthDate,
  gender: identity.gender,
  postcode_key: identity.postcodeKey,
  address_key: identity.addressKey,
  phone_key: identity.phoneKey,
  practice: identity.practice,
  died: identity.died,
  ...soundsOf(identity.familyKey, identity.givenKey),
})

/** The last part of a family name and the first of the given names, as they sound; nothing where there is no name yet. */
export const soundsOf = (familyKey: string, givenKey: string) => ({
  family_sound: isPlaceholder(familyKey) ? null : soundKey(familyKey.split(' ').at(-1) ?? '') || null,
  given_sound: isPlaceholder(givenKey) ? null : soundKey(formOf(givenKey.split(' ')[0] ?? '')) || null,
})
