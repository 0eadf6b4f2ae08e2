/** One metric of Prometheus' text format, version 0.0.4. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels?: Readonly<Record<string, string | number>>;
  readonly value: number;
}

export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** A metric that has one value. */
export const single = (name: string, type: Metric["type"], help: string, value: number): Metric => ({
  ...{ name, type, help },
  samples: [{ value }],
});

/** A metric that has one value for each of the words of `label`. */
export const byLabel = (name: string, help: string, label: string, counts: ReadonlyMap<string, number>): Metric => ({
  ...{ name, type: "counter", help },
  samples: [...counts].map(([word, value]) => ({ labels: { [label]: word }, value })),
});

export const expose = (metrics: readonly Metric[]): string => metrics.map(toText).join("");

function toText({ name, type, help, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => `${name}${labelsText(labels)} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function labelsText(labels: NonNullable<Sample["labels"]>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
