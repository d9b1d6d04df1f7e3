/** The newest date on which every shipped series is current; data/README.md says why. */
export const REFERENCE_DATE = '2000-05-15';
