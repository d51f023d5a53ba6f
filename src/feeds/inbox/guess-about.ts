import { fieldOf, parseMessage } from '../hl7/hl7.ts'
import { readTime } from '../hl7/hl7-time.ts'
import { whoIn } from '../reading/who.ts'
import type { About } from './inbox.queries.ts'
import { placeOf } from './work.ts'

/**
 * Whom and what a message is about that could not be read as a whole, so that it is found when its source puts it right. Nothing is done
 * with it besides; what cannot be told is left out.
 */
export function guessAbout(text: string): About {
  try {
    const message = parseMessage(text)
    const visit = fieldOf(message, 'PV1', 19)
    const at = readTime(fieldOf(message, 'EVN', 2) || fieldOf(message, 'MSH', 7))?.at
    const event = text
      .split(/[\r\n]/, 1)[0]
      ?.split('|')[8]
      ?.split('^')[1]
    return {
      number: whoIn(message, []).number,
      ...(event && { event }),
      ...(at && { at }),
      ...(visit && visit.length <= 60 && { thing: placeOf('visit', visit) }),
    }
  } catch {
    return {}
  }
}
