import { type Day, dayOf, isoDay, MINUTES_A_DAY, type Moment } from '../../lives/moment.ts'

const LEAST = 4096
const COMMA = 44
const END = 10
const QUOTE = 34
const RETURN = 13
const ZERO = 48
const POINT = 46
const MINUS = 45
const COLON = 58
const LETTER_T = 84

/** The longest that a column of fixed size gets: a moment, a number. */
const SHORT = 24
/** A character of text is three bytes at most, or twice itself where it is a quote; pairs of surrogates are four for two. */
const BYTES_A_CHARACTER = 3

/** Days as bytes, each written once: nearly every row has one. From 1 January 1890 to the end of 2079. */
const FIRST_DAY = -29_219
const LAST_DAY = 40_176
const DAY_BYTES = 10
const days = new Uint8Array((LAST_DAY - FIRST_DAY) * DAY_BYTES)

function dayAt(day: Day): number {
  if (!(day >= FIRST_DAY && day < LAST_DAY)) throw new Error(`Day ${day} is in no calendar`)
  const at = (day - FIRST_DAY) * DAY_BYTES
  if (days[at] === 0) days.set(Buffer.from(isoDay(day)), at)
  return at
}

/**
 * Rows of CSV, written into one growing stretch of bytes. There are tens of millions of them, so nothing is allocated for a row or a
 * field: each method writes its value and a comma, and `end` turns the last comma into a line feed.
 */
export class Rows {
  bytes: Buffer<ArrayBuffer>
  length = 0
  count = 0

  /** @param expected bytes, so far as one can tell */
  constructor(expected = 0) {
    this.bytes = Buffer.allocUnsafeSlow(Math.max(expected, LEAST))
  }

  private room(needed: number): void {
    if (this.length + needed <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + needed))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  /** Bytes that are written already, comma and all: what every row of a person begins with. */
  ready(bytes: Uint8Array, size: number): void {
    this.room(size)
    const to = this.bytes
    let at = this.length
    for (let i = 0; i < size; i++) to[at++] = bytes[i] as number
    this.length = at
  }

  none(): void {
    this.room(1)
    this.bytes[this.length++] = COMMA
  }

  text(value: string | null | undefined): void {
    if (value === undefined || value === null) {
      this.none()
      return
    }
    this.room(value.length * BYTES_A_CHARACTER + 3)
    const to = this.bytes
    let at = this.length
    for (let i = 0; i < value.length; i++) {
      const c = value.charCodeAt(i)
      if (c > 126 || c === COMMA || c === QUOTE || c === END || c === RETURN) {
        this.awkward(value)
        return
      }
      to[at++] = c
    }
    to[at++] = COMMA
    this.length = at
  }

  private awkward(value: string): void {
    const text = /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
    this.length += this.bytes.write(text, this.length)
    this.bytes[this.length++] = COMMA
  }

  private digits(value: number): void {
    const to = this.bytes
    let left = value
    let size = 1
    for (let n = left; n >= 10; n = Math.floor(n / 10)) size++
    for (let at = this.length + size - 1; at >= this.length; at--) {
      const tens = Math.floor(left / 10)
      to[at] = ZERO + (left - tens * 10)
      left = tens
    }
    this.length += size
  }

  whole(value: number | undefined): void {
    this.room(SHORT)
    if (value !== undefined) {
      if (!Number.isFinite(value)) throw new Error(`${value} is no number`)
      const rounded = Math.round(value)
      if (rounded < 0) this.bytes[this.length++] = MINUS
      this.digits(Math.abs(rounded))
    }
    this.bytes[this.length++] = COMMA
  }

  /** @param scale 10 for one decimal, 100 for two */
  decimal(value: number | undefined, scale: number): void {
    this.room(SHORT)
    if (value !== undefined) {
      const parts = Math.round(Math.abs(value) * scale)
      if (!Number.isFinite(parts)) throw new Error(`${value} is no number`)
      if (value < 0 && parts > 0) this.bytes[this.length++] = MINUS
      const before = Math.floor(parts / scale)
      this.digits(before)
      this.bytes[this.length++] = POINT
      let rest = parts - before * scale
      for (let unit = scale / 10; unit >= 1; unit /= 10) {
        const digit = Math.floor(rest / unit)
        this.bytes[this.length++] = ZERO + digit
        rest -= digit * unit
      }
    }
    this.bytes[this.length++] = COMMA
  }

  is(value: boolean): void {
    this.text(value ? 'true' : 'false')
  }

  private calendarDay(day: Day): void {
    const from = dayAt(day)
    const to = this.bytes
    const at = this.length
    for (let i = 0; i < DAY_BYTES; i++) to[at + i] = days[from + i] as number
    this.length = at + DAY_BYTES
  }

  day(day: Day | undefined): void {
    this.room(SHORT)
    if (day !== undefined) this.calendarDay(day)
    this.bytes[this.length++] = COMMA
  }

  moment(moment: Moment | undefined): void {
    this.room(SHORT)
    if (moment !== undefined) {
      const day = dayOf(moment)
      this.calendarDay(day)
      const minutes = Math.floor(moment - day * MINUTES_A_DAY)
      const hour = Math.floor(minutes / 60)
      this.bytes[this.length++] = LETTER_T
      this.two(hour)
      this.bytes[this.length++] = COLON
      this.two(minutes - hour * 60)
    }
    this.bytes[this.length++] = COMMA
  }

  private two(value: number): void {
    const tens = Math.floor(value / 10)
    this.bytes[this.length++] = ZERO + tens
    this.bytes[this.length++] = ZERO + value - tens * 10
  }

  /** Five figures with noughts before them: what an event's number ends with. */
  five(value: number): void {
    this.room(SHORT)
    let left = value
    for (let at = this.length + 4; at >= this.length; at--) {
      const tens = Math.floor(left / 10)
      this.bytes[at] = ZERO + (left - tens * 10)
      left = tens
    }
    this.length += 5
    this.bytes[this.length++] = COMMA
  }

  end(): void {
    this.bytes[this.length - 1] = END
    this.count++
  }
}
