import { describe, it } from "vitest";
import { mayBeInForm, tokenOf } from "../../src/avatar/token-source.ts";
import { readAvatarConfig } from "../../src/env-avatar.ts";

const open = readAvatarConfig({}).tokens;
const closed = readAvatarConfig({ JWT_ALLOW_URL: "0" }).tokens;

const requestOf = (authorization: string | undefined, query = "", type = "") =>
  new Request(`https://pics.test/a${query}`, {
    method: "POST",
    headers: { ...(authorization === undefined ? {} : { authorization }), "content-type": type },
  });

describe("tokenOf()", () => {
  it.for([
    ["Bearer a.b.c", "", "a.b.c"],
    ["bearer a.b.c", "", "a.b.c"],
    ["BEARER   a.b.c", "", "a.b.c"],
    ["a.b.c", "", "a.b.c"],
    ["a.b.", "", "a.b."],
    ["Bearer a.b.c", "?token=x.y.z", "a.b.c"],
    [undefined, "?token=x.y.z", "x.y.z"],
    ["Basic x", "?token=x.y.z", "x.y.z"],
    [undefined, "?token=x.y.z&token=a.b.c", "x.y.z"],
    [undefined, "?Token=x.y.z", undefined],
    [undefined, "?token=", undefined],
    [undefined, "", undefined],
    ["", "", undefined],
    ["Basic x", "", undefined],
    ["Basic a.b.c", "", undefined],
    ["Bearer", "", undefined],
    ["Bearer ", "", undefined],
    ["Bearera.b.c", "", "Bearera.b.c"],
    ["a.b", "", undefined],
    ["a.b.c.d", "", undefined],
    ["Token a.b.c", "", undefined],
  ] as const)("Authorization %j and %j: %j", ([authorization, query, token], { expect }) => {
    expect(tokenOf(requestOf(authorization, query), open)).toBe(token);
  });

  it("does not look at the URL where that is switched off", ({ expect }) => {
    expect(tokenOf(requestOf(undefined, "?token=x.y.z"), closed)).toBeUndefined();
    expect(tokenOf(requestOf("Bearer a.b.c", "?token=x.y.z"), closed)).toBe("a.b.c");
  });

  it("makes no token of two Authorization headers", ({ expect }) => {
    const request = requestOf("Bearer a.b.c");
    request.headers.append("authorization", "Bearer d.e.f");
    expect(tokenOf(request, open)).toBe("a.b.c, Bearer d.e.f");
    const bare = requestOf("a.b.c");
    bare.headers.append("authorization", "d.e.f");
    expect(tokenOf(bare, open)).toBeUndefined();
  });
});

describe("mayBeInForm()", () => {
  it.for([
    ["multipart/form-data; boundary=b", "", true],
    ["Multipart/Form-Data;boundary=b", "", true],
    ["application/x-www-form-urlencoded", "", true],
    ["application/x-www-form-urlencoded;charset=utf-8", "", true],
    ["multipart/form-data; boundary=b", "?token=x.y.z", false],
    ["multipart/form-database", "", false],
    ["application/json", "", false],
    ["image/png", "", false],
    ["", "", false],
  ] as const)("%j with %j: %s", ([type, query, answer], { expect }) => {
    expect(mayBeInForm(requestOf(undefined, query, type), open)).toBe(answer);
    expect(mayBeInForm(requestOf(undefined, query, type), closed)).toBe(false);
    expect(mayBeInForm(requestOf("Bearer a.b.c", query, type), open)).toBe(false);
  });
});
