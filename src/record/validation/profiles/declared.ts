/** A rule in FHIRPath; `severity` is error unless said otherwise. */
export type Invariant = { key: string; words: string; expression: string; severity?: 'warning' }

/** What a profile says of one element. What it leaves out stays as its base has it. */
export type Constraint = {
  min?: number
  max?: number | '*'
  /** The types allowed, of those the base allows. */
  types?: string[]
  /** The types a reference may point at, by name or by the address of a profile of that type. */
  targets?: string[]
  /** Of an extension: the address of its definition, which is the `url` of those in this slice. */
  profile?: string
  fixed?: unknown
  pattern?: unknown
  /** How the slices of a list are told apart: `value:system`, `pattern:code`, `type:$this`, `exists:valueQuantity`. */
  slicing?: { by: string[]; closed?: boolean }
  binding?: { strength: 'required' | 'extensible'; valueSet: string }
  maxLength?: number
  rules?: Invariant[]
}

/**
 * A profile as it is written: what it says beyond its base. `elements` are keyed by the id of the element without the type in front,
 * `identifier:nhsNumber.system`; the resource or data type itself is the empty key. `base` is another profile; left out, the type itself.
 * `contexts` are the elements on which an extension may stand. `unread` names what the source says and no check of ours can hold.
 */
export type Declared = {
  url: string
  version?: string
  title: string
  type: string
  base?: string
  contexts?: string[]
  elements: Record<string, Constraint>
  unread?: string[]
}

/** The codes of a value set, by system. */
export type CodeLists = Record<string, Record<string, string[]>>
