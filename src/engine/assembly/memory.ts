// A bump allocator: one instance serves one job and is thrown away, so hardly anything is ever freed.

/** Tells the host that memory is about to grow; it throws where there is no more. */
@external("env", "beforeGrowth")
declare function beforeGrowth(pages: i32): void;

let top: usize = (__heap_base + 15) & ~15;

/** `bytes` of zeroed memory, 16-byte aligned. Traps when the instance's maximum is reached. */
export function alloc(bytes: usize): usize {
  const at = top;
  const end = (at + bytes + 15) & ~15;
  if (end < at) unreachable();
  const pages = <i32>((end + 0xffff) >> 16) - memory.size();
  if (pages > 0) {
    beforeGrowth(pages);
    if (memory.grow(pages) < 0) unreachable();
  }
  top = end;
  return at;
}

/** Gives back what was allocated from `at` on (`alloc(0)` tells where that begins), zeroed for whoever comes next. */
export function release(at: usize): void {
  memory.fill(at, 0, top - at);
  top = at;
}
