import { avatarFaults } from "./avatars.ts";
import { bindingFaults } from "./bindings.ts";
import { doorFaults } from "./doors.ts";
import type { Finding } from "./finding.ts";
import type { Project } from "./project.ts";
import { runtimeFaults } from "./runtime.ts";
import { readVariables } from "./variables.ts";

/** All that is wrong with a Worker as its folder describes it. */
export function checkProject(project: Project): readonly Finding[] {
  const { config, findings } = readVariables(project.env);
  return [
    ...runtimeFaults(project),
    ...findings,
    ...bindingFaults(config, project),
    ...doorFaults(config, project),
    ...avatarFaults(config, project),
  ];
}
