/** Runs everything, two at a time: each is mostly a process of its own. Results keep the order. */
export async function twoAtATime<In, Out>(
  items: readonly In[],
  run: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await run(items[at] as In);
  };
  await Promise.all([lane(), lane()]);
  return results;
}
