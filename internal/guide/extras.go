package guide

// ExtrasFile is the file by which a learner begins the extras. It is no part.
const ExtrasFile = "04-scatter-gather/extras.go"
