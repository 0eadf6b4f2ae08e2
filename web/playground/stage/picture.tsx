import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Rendering } from "../ask/rendering.ts";

interface PictureProps {
  readonly rendering: Rendering;
  readonly alt: string;
  /** `whole`: as large as there is room for. `real`: no larger than it is. */
  readonly scale: "whole" | "real";
  readonly children?: ComponentChildren;
}

/** Puts in the very element that was decoded: the old picture goes when the new one can be painted. */
export function Picture({ rendering, alt, scale, children }: PictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const { image, width, height } = rendering;
  useLayoutEffect(() => {
    image.alt = alt;
    image.draggable = false;
    place.current?.replaceChildren(image);
  }, [image, alt]);
  const most = scale === "real" ? `, ${width}px` : "";
  return (
    <div
      class="picture"
      style={{ aspectRatio: `${width} / ${height}`, width: `min(100cqw, 100cqh * ${width / height}${most})` }}
    >
      <div class="image" ref={place} />
      {children}
    </div>
  );
}
