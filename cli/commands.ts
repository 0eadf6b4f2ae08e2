import { doctor } from "./command/doctor.ts";
import { fromPicfit } from "./command/from-picfit.ts";
import { get } from "./command/get.ts";
import { purge } from "./command/purge.ts";
import { put } from "./command/put.ts";
import { rm } from "./command/rm.ts";
import { sign } from "./command/sign.ts";
import { srcset } from "./command/srcset.ts";
import { token } from "./command/token.ts";
import { url } from "./command/url.ts";
import { warm } from "./command/warm.ts";
import type { Command } from "./command.ts";

/** Every command, as the help lists them. A new one is a file in `command` and a row here. */
export const COMMANDS: readonly Command[] = [url, srcset, sign, token, put, get, rm, warm, purge, fromPicfit, doctor];
