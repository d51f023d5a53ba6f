export interface Address {
  line: string
  town: string
  postcode: string
}

export interface Kin {
  name: string
  relationship:
    | 'wife'
    | 'husband'
    | 'daughter'
    | 'son'
    | 'mother'
    | 'father'
    | 'friend'
    | 'partner'
    | 'sister'
  phone: string
  /** An unpaid carer, not merely someone to ring. */
  carer?: boolean
}

/** What is true of a person. What each source believes of them is made from this, see record/patient.ts. */
export interface Person {
  /** Names the person inside the invented place; ids grow from it, so it must not change between runs. */
  key: string
  /** Tells people apart in local numbers; unique in one invented place. */
  serial: number
  nhsNumber: string | null
  title?: string
  given: readonly string[]
  family: string
  /** What they like to be called, where it is not the first name. */
  knownAs?: string
  sex: 'female' | 'male'
  born: string
  /** First or second of twins. */
  birthOrder?: number
  /** The moment of death. */
  died?: string
  /** NHS data dictionary letter, A to Z. */
  ethnicity: string
  /** Language of choice where it is not English. */
  language?: { code: string; text: string }
  address: Address
  /** Where they lived before; some sources have not noticed the move. */
  formerAddress?: Address
  phone?: string
  mobile?: string
  practice: string | null
  kin?: Kin
  /** Social care holds no NHS number for them, so their file there joins the others only by hand. */
  socialCareLacksNumber?: boolean
  livesAlone: boolean
  protectedAddress: boolean
  objects: boolean
}

export const fullName = (person: Person) =>
  [person.title, ...person.given, person.family].filter(Boolean).join(' ')
