import { ERRORS, type ErrorCode } from "../error.ts";
import { PATH_PARAMETERS } from "./avatar-parameters.ts";
import { ANY } from "./errors.ts";
import type { Answer, Parameter, RouteDoc } from "./route-doc.ts";
import { ref, type Schema, text } from "./schema.ts";

/** An Operation Object (OpenAPI 3.1 §4.8.10). `names` are those of the path's templates. */
export function operationOf(doc: RouteDoc, id: string, names: readonly string[]) {
  const { summary, tag, tokens, body } = doc;
  const parameters = [...pathParameters(doc, names), ...queryParameters(doc)];
  return {
    ...{ operationId: id, summary, tags: [tag] },
    ...(parameters.length > 0 && { parameters: parameters.map(parameterOf) }),
    ...(body && { requestBody: { required: true, content: contentOf(body) } }),
    responses: { ...mapValues(doc.answers, responseOf), ...refusals(doc) },
    ...(tokens && { security: tokens.map((token) => ({ [token]: [] })) }),
  };
}

const isInPath = (parameter: Parameter): boolean => parameter.in === "path";

const queryParameters = ({ parameters = [] }: RouteDoc) => parameters.filter((parameter) => !isInPath(parameter));

function pathParameters({ parameters = [] }: RouteDoc, names: readonly string[]): Parameter[] {
  const known = [...parameters.filter(isInPath), ...PATH_PARAMETERS];
  return names.flatMap((name) => known.find((parameter) => parameter.name === name) ?? []);
}

function parameterOf({ name, in: place, about, schema, required = place === "path" }: Parameter) {
  return { name, in: place, description: about, ...(required && { required }), schema };
}

const contentOf = (content: Readonly<Record<string, Schema>>) => mapValues(content, (schema) => ({ schema }));

const responseOf = ({ about, content, headers = [] }: Answer) => ({
  description: about,
  ...(headers.length > 0 && { headers: Object.fromEntries(headers.map((name) => [name, { schema: text() }])) }),
  ...(content && { content: contentOf(content) }),
});

/** An answer for each status that one of the route's errors has, which names them all. */
function refusals({ errors = [], answers }: RouteDoc) {
  const codes = [...new Set([...errors, ...ANY])];
  const statuses = [...new Set(codes.flatMap((code) => ERRORS[code] as readonly number[]))].sort();
  return Object.fromEntries(statuses.map((status) => [status, refusal(status, codes, answers[status])] as const));
}

function refusal(status: number, codes: readonly ErrorCode[], answer: Answer | undefined) {
  const those = codes.filter((code) => (ERRORS[code] as readonly number[]).includes(status));
  const problem: Schema = { ...ref("Problem"), properties: { status: { const: status }, code: { enum: those } } };
  return {
    description: [...(answer ? [answer.about] : []), those.join(", ")].join(" "),
    content: { ...(answer?.content && contentOf(answer.content)), "application/problem+json": { schema: problem } },
  };
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
