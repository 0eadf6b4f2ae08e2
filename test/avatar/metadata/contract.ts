import { describe } from "vitest";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import { changeContract } from "./contract-changes.ts";
import { conditionContract } from "./contract-conditions.ts";
import { idContract } from "./contract-ids.ts";
import { listContract } from "./contract-list.ts";
import { raceContract } from "./contract-races.ts";
import { removalContract } from "./contract-removal.ts";
import { revisionContract } from "./contract-revisions.ts";
import { textContract } from "./contract-texts.ts";

/** What the metadata store does on every engine. The tables are emptied before each test. */
export function metadataContract(name: string, create: () => Database): void {
  describe(`metadata on ${name}`, () => {
    changeContract(create);
    conditionContract(create);
    idContract(create);
    listContract(create);
    removalContract(create);
    revisionContract(create);
    textContract(create);
    raceContract(create);
  });
}
