/** The only file of this example that imports zod. */
export { z } from 'zod';
