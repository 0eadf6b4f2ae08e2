import { vi } from "vitest";

/** Keeps what a test makes the Worker log out of sight, and counts it. After the file the console speaks again. */
export const silence = (method: "warn" | "error") => vi.spyOn(console, method).mockClear().mockReturnValue(undefined);
