import { langgraphAdapter } from './langgraph-adapter.ts';

/** Without a saver, which the library allows where nothing has to be resumed. */
export const adapter = langgraphAdapter(() => ({ saver: undefined, close() {} }));
