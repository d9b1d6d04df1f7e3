/** The only file of the package that imports simple-statistics. */
export { mean, quantileSorted, sampleStandardDeviation } from 'simple-statistics';
