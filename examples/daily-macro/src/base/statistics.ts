/** The only file of this example that imports simple-statistics. Deviations are of the sample (n - 1). */
export {
  mean,
  quantileSorted,
  sampleCovariance,
  sampleStandardDeviation,
} from 'simple-statistics';
