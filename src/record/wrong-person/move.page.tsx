import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { faultInWords, readNhsNumber } from '../../people/index.ts'
import { Conflict, dayOf, type Fault, NotFound, page, type Route } from '../../platform/index.ts'
import { about, decision, id, shownAgain, typed, whyFaults } from './deciding.ts'
import { moved } from './moved.ts'
import { puttingRight } from './worklist.page.tsx'
import { moveItem, moveTarget, reportedItem, whomToMoveTo } from './wrong-person.queries.ts'

/** An item goes to the right person: first whom a number and a birth date name, then, when the name has been read, the move. */
export function moveRoutes(place: Place): Route[] {
  const whom = page({
    method: 'POST',
    path: '/wrong-person/:report/whom',
    may: puttingRight,
    audit: 'wrong-person.whom',
    input: z.object({ report: id, nhsNumber: typed, day: typed, month: typed, year: typed }),
    run: async (context) => {
      const { nhsNumber, ...date } = context.input
      const read = readNhsNumber(nhsNumber)
      const born = dayOf(date)
      const faults: Fault[] = []
      if ('fault' in read) faults.push({ path: 'nhsNumber', words: faultInWords[read.fault] })
      if (!born) faults.push({ path: 'born', words: 'Date of birth must be a real date, such as 14 7 1941' })
      const found = 'number' in read && born ? await whomToMoveTo(context.db, read.number, born) : undefined
      if (faults.length === 0 && !found)
        faults.push({ path: 'nhsNumber', words: 'Nobody here has this NHS number and this date of birth' })
      return shownAgain(place, context, {
        act: 'move',
        faults,
        given: { nhsNumber, ...date },
        ...(found ? { to: found } : {}),
      })
    },
  })

  const move = page({
    method: 'POST',
    path: '/wrong-person/:report/move',
    may: puttingRight,
    audit: 'wrong-person.move',
    input: decision.extend({ to: z.uuid() }),
    run: async (context) => {
      const { db, input, actor, now, shown } = context
      const { report, to } = input
      const [item, target] = [await reportedItem(db, report), await moveTarget(db, report, to)]
      if (!target) throw new NotFound()
      const faults = whyFaults(input.why)
      if (faults.length > 0) return shownAgain(place, context, { act: 'move', faults, given: {} })
      await about(context)
      if (!item?.body || item.version === null) throw new Conflict('The item is not there any more')
      const there = moved(item.body, { patient: target.patient, version: item.version + 1, now })
      await moveItem(db, { ...input, by: actor.name }, to, there)
      shown([target.file], { report })
      return { redirect: `/wrong-person/${report}` }
    },
  })

  return [whom, move]
}
