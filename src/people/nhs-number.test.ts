import { expect, test } from 'vitest'
import { isNhsNumber, readNhsNumber } from './nhs-number.ts'

test.each([
  ['9990001235', '9990001235'],
  ['999 000 1235', '9990001235'],
  ['999-000-1235', '9990001235'],
  [' 401 023 2137 ', '4010232137'],
  // A remainder of 0 makes 11, which counts as 0; found by trying.
  ['9000000009', '9000000009'],
])('%s is read as %s', (written, number) => {
  expect(readNhsNumber(written)).toEqual({ number })
  expect(isNhsNumber(number)).toBe(true)
})

test.each([
  // The examples of the service manual fail the check digit.
  ['999 123 4567', 'check digit'],
  ['999 000 1234', 'check digit'],
  ['999000123', 'too short'],
  ['99900012355', 'too long'],
  ['99900O1235', 'letters'],
  ['QQ123456C', 'national insurance number'],
  ['', 'missing'],
])('“%s” is refused: %s', (written, fault) => {
  expect(readNhsNumber(written)).toEqual({ fault })
})

test('changing any one digit makes a number wrong', () => {
  const right = '9990001235'
  for (let place = 0; place < 10; place++) {
    for (let digit = 0; digit < 10; digit++) {
      const changed = right.slice(0, place) + digit + right.slice(place + 1)
      expect(isNhsNumber(changed), changed).toBe(changed === right)
    }
  }
})
