/** A binding that counts its calls, and fails or waits where `faults` says so. */
export function faulty<T extends object>(binding: T, faults: Record<string, () => unknown> = {}) {
  const calls: string[] = [];
  const proxy = new Proxy(binding, {
    get(target, name: string) {
      const method = target[name as keyof T];
      if (typeof method !== "function") return method;
      return async (...args: unknown[]) => {
        calls.push(name);
        await faults[name]?.();
        return method.apply(target, args);
      };
    },
  });
  return { proxy, calls, count: (name: string) => calls.filter((call) => call === name).length };
}
