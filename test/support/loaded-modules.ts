interface Runner {
  readonly evaluatedModules: { readonly idToModuleMap: ReadonlyMap<string, unknown> };
}

/** Paths of all modules that were loaded for this file of tests until now, by vitest's own book. */
export function loadedModules(): string[] {
  const { __vitest_worker__: runner } = globalThis as { __vitest_worker__?: Runner };
  if (!runner) throw new Error("vitest keeps its book of modules elsewhere");
  return [...runner.evaluatedModules.idToModuleMap.keys()];
}
