/** The only file of the package that imports zod. */
export { z } from 'zod';
