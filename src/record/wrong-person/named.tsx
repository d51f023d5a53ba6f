import { dateInWords, familyGiven, NhsNumber } from '../../platform/ui/index.ts'
import type { Whose } from './wrong-person.queries.ts'

/** Who somebody is, in a line. */
export const Named = ({ whose: { family, given, birth_date, nhs_number } }: { whose: Whose }) => (
  <>
    {family === null ? 'Not known' : familyGiven({ family, given: given ?? undefined })}
    {birth_date && `, born ${dateInWords(birth_date)}`}
    {nhs_number && (
      <>
        , NHS number <NhsNumber value={nhs_number} />
      </>
    )}
  </>
)
