/** Every category of what the record holds: a way in for all of it asks for one of them, and each item is decided by its own. */
export const everyCategory = [
  'demographics',
  'alert',
  'activity',
  'clinical',
  'medicines',
  'results',
  'document',
  'care-plan',
  'mental-health',
  'social-care',
  'safeguarding',
] as const
