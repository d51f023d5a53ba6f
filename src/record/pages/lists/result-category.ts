/** Categories of FHIR observations, in the order in which a page shows them. */
const categories: Record<string, string> = {
  laboratory: 'Laboratory tests',
  'vital-signs': 'Vital signs',
  survey: 'Scores and assessments',
  exam: 'Examination findings',
  imaging: 'Imaging',
  procedure: 'Procedures',
  therapy: 'Therapy',
  activity: 'Activity',
  'social-history': 'Social history',
}

export const categoryInWords = (code: string | null): string => categories[code ?? ''] ?? 'Other results'

export const categoriesInOrder: readonly string[] = [...Object.values(categories), 'Other results']
