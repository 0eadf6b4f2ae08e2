interface Props {
  /** The address of the picture at a size. */
  readonly srcOf: (px: number) => string;
  readonly label: string;
}

const SIDES = [128, 80, 48, 32];

/** A picture as it looks in round places and in square ones, small and smaller. */
export const Faces = ({ srcOf, label }: Props) => (
  <div class="faces" role="img" aria-label={`${label}, at ${SIDES.join(", ")} pixels, round and square`}>
    {["round", "square"].map((shape) => (
      <div key={shape} class="gallery">
        {SIDES.map((side) => (
          <img
            key={side}
            class={shape}
            src={srcOf(side)}
            srcset={`${srcOf(side * 2)} 2x`}
            width={side}
            height={side}
            alt=""
          />
        ))}
      </div>
    ))}
  </div>
);

/** As large as `Faces`, while nothing is known. */
export const NoFaces = () => (
  <div class="faces" aria-hidden="true">
    {["round", "square"].map((shape) => (
      <div key={shape} class="gallery">
        {SIDES.map((side) => (
          <span key={side} class={`${shape} empty`} style={{ width: side }} />
        ))}
      </div>
    ))}
  </div>
);
