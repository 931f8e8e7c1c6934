select file, built_at from meta.build
