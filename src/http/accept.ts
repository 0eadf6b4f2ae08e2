/**
 * True where `Accept` names the media type itself with a weight above 0 (RFC 9110 §12.5.1). A range such as `image/*`
 * does not name it: browsers send ranges for types that they cannot show.
 */
export function namesType(accept: string | null, type: string): boolean {
  return (accept ?? "").split(",").some((entry) => {
    const [name, ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    return name === type && Number(weight) > 0;
  });
}
