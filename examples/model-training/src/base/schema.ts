/** The only file of this example that takes zod from somewhere. */
export { z } from 'millrace';
