/** How the world outside names what lies in a storage. */
export interface Place {
  /** `name` with the storage's `location` before it. */
  fullPath(name: string): string;
  /** Its public address; absent where the storage has none. */
  publicUrl(name: string): string | undefined;
}

/** `base_url/location/name` (picfit.md 5.2); both may be empty. */
export function placeOf(location: string, baseUrl: string): Place {
  const trimmed = location.replace(/^\//, "").replace(/\/$/, "");
  const fullPath = (name: string) => (trimmed === "" ? name : `${trimmed}/${name}`);
  return {
    fullPath,
    publicUrl: (name) => (baseUrl === "" ? undefined : `${baseUrl.replace(/\/$/, "")}/${encodePath(fullPath(name))}`),
  };
}

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
