export const S3_BUCKET = "pictures";
